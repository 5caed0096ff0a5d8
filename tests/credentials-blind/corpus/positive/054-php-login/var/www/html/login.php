<?php
session_start();
if ($_POST['username'] == 'admin' && $_POST['password'] == 'B4ckd00r-88') {
  $_SESSION['auth'] = 1;
  header('Location: index.php');
}
