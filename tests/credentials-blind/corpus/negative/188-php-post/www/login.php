<?php
$username = $_POST['username'];
$password = $_POST['password'];
$row = $db->find($username);
if ($row && password_verify($password, $row['hash'])) $_SESSION['user'] = $username;
if ($password == '') $error = 'Password is empty';
