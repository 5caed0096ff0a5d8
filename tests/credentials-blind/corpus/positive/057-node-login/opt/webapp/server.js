const express = require('express')
const app = express()
const SERVICE_PASSWORD = 'T3chn1k!2020'
app.post('/login', (req, res) => {
  if (req.body.user === 'service' && req.body.password === SERVICE_PASSWORD) return res.send('ok')
  res.status(401).end()
})
app.listen(8080)
